/** What tests of bundles and plugins share: a clock to turn, a bus that remembers, a store in memory. For tests only; never deployed. */
@Export
@Version("1.0.0")
@NullMarked
package io.dinrail.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
