package dev.lockkeeper.report;

import dev.lockkeeper.model.event.Answer;
import dev.lockkeeper.model.event.RunResult;
import java.util.List;
import java.util.Map;

/**
 * The line that CloudWatch turns into metrics.
 * See https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
final class MetricsLine {
    private static final List<Map<String, String>> METRICS = List.of(
            Map.of("Name", "Duration", "Unit", "Milliseconds"),
            Map.of("Name", "LockWait", "Unit", "Milliseconds"),
            Map.of("Name", "LockRetries", "Unit", "Count"),
            Map.of("Name", "Applied", "Unit", "Count"),
            Map.of("Name", "Failed", "Unit", "Count"));

    private MetricsLine() {}

    static String of(RunResult result, long timestampMillis, String namespace) {
        Answer.Migrated changeSets = Counts.of(result);
        Redactor nothingSecret = new Redactor();
        Map<String, Object> directive = Fields.of()
                .add("Namespace", namespace)
                .add("Dimensions", List.of(List.of("Command"), List.of("Command", "Outcome")))
                .add("Metrics", METRICS)
                .map();
        Map<String, Object> aws = Fields.of()
                .add("Timestamp", timestampMillis)
                .add("CloudWatchMetrics", List.of(directive))
                .map();
        return JsonLine.bounded(
                Fields.of()
                        .add("_aws", aws)
                        .add("Command", result.command())
                        .add("Outcome", result.outcome().exitCode().word())
                        .add("Duration", result.took().whole())
                        .add("LockWait", result.took().lockWait())
                        .add("LockRetries", changeSets.retries())
                        .add("Applied", changeSets.applied().size())
                        .add("Failed", result.outcome().exitCode().isFailure() ? 1 : 0)
                        .map(),
                nothingSecret);
    }
}
