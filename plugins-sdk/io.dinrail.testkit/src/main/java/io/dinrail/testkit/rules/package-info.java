/** The rules of architecture that every bundle's test run includes. */
@Export
@Version("1.0.0")
@NullMarked
package io.dinrail.testkit.rules;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
