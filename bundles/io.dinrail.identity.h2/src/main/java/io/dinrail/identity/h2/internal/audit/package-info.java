/** What was refused and what was changed, in a chained log; and how often somebody may fail. */
@NullMarked
package io.dinrail.identity.h2.internal.audit;

import org.jspecify.annotations.NullMarked;
