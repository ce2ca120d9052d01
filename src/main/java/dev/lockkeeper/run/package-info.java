/** What a run is: joins changelog, postgres, secrets and report. */
@NullMarked
package dev.lockkeeper.run;

import org.jspecify.annotations.NullMarked;
