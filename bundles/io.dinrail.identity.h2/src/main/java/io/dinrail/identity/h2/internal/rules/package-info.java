/** Access rules: parsed, compiled, decided. Knows nothing of people, devices or the store's other tables. */
@NullMarked
package io.dinrail.identity.h2.internal.rules;

import org.jspecify.annotations.NullMarked;
