/** Events and outcome as text, JSON lines, metrics and a result file. */
@NullMarked
package dev.lockkeeper.report;

import org.jspecify.annotations.NullMarked;
