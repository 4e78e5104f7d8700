/** Keeps commands and sees them through; whatever it tells of is in the store before. */
@NullMarked
package io.dinrail.command.router.internal;

import org.jspecify.annotations.NullMarked;
