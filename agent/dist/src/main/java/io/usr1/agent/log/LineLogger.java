package io.usr1.agent.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** One line a message: {@code usr1-agent 2026-01-31T12:00:00.000Z error: ...}. */
final class LineLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1;

    LineLogger(String name) {
        this.name = name;
    }

    @Override public boolean isTraceEnabled() {
        return LogSettings.wanted(Level.TRACE);
    }

    @Override public boolean isDebugEnabled() {
        return LogSettings.wanted(Level.DEBUG);
    }

    @Override public boolean isInfoEnabled() {
        return LogSettings.wanted(Level.INFO);
    }

    @Override public boolean isWarnEnabled() {
        return LogSettings.wanted(Level.WARN);
    }

    @Override public boolean isErrorEnabled() {
        return LogSettings.wanted(Level.ERROR);
    }

    @Override protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override protected void handleNormalizedLoggingCall(Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
        String line = getName() + " " + Instant.now().truncatedTo(ChronoUnit.MILLIS) + " "
                + level.name().toLowerCase(java.util.Locale.ROOT) + ": " + MessageFormatter.basicArrayFormat(pattern, arguments);
        LogSettings.stream().println(line);
        if (thrown != null) {
            thrown.printStackTrace(LogSettings.stream());
        }
    }
}
