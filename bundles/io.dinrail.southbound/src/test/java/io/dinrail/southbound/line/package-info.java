/** A connector as a third party would write it, for a protocol of one line a request, and its device. */
@NullMarked
package io.dinrail.southbound.line;

import org.jspecify.annotations.NullMarked;
