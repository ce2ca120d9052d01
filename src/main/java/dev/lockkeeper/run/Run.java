package dev.lockkeeper.run;

import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.secrets.AwsEnvironment;
import dev.lockkeeper.settings.Settings;
import java.util.function.Consumer;

/**
 * What every command works with.
 *
 * @param aws the settings of the AWS SDK
 * @param hide hides a secret from all output from now on
 */
public record Run(
        Settings settings,
        AwsEnvironment aws,
        Consumer<Event> events,
        Consumer<String> hide,
        Stop stop,
        Tally tally,
        Underway underway) {

    public void warn(String text) {
        events.accept(new Event.Message(Event.Level.WARN, text));
    }

    public void say(String text) {
        events.accept(new Event.Message(Event.Level.INFO, text));
    }
}
