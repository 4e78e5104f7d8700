/** What gets in without a credential of its own: API keys and their tokens, temporary tokens, enrolment codes. */
@NullMarked
package io.dinrail.identity.h2.internal.keys;

import org.jspecify.annotations.NullMarked;
