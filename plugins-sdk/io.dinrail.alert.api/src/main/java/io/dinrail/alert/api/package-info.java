/**
 * Rules on readings and the alerts they raise. Look-ups are answered from memory; changes block briefly on the store.
 */
@Export
@Version("1.1.0")
@NullMarked
package io.dinrail.alert.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
