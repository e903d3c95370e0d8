package sample.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;

/** Gathers the fields of one head, sorts out those that are for this hop only, and reads the framing from them. */
final class HeadFields {
    /** HAProxy's tune.http.maxhdr. */
    private static final int MAX_FIELDS = 101;

    private final HttpFields.Mutable fields = HttpFields.build();
    private List<String> nominated = List.of();
    private boolean close;
    private boolean keepAlive;
    private boolean chunked;
    private long length = -1;
    private String fault;
    private boolean unknownCoding;
    private final StringJoiner upgrade = new StringJoiner(", ");
    private boolean takesTrailers;
    private int count;

    void add(HttpField field) {
        count++;
        if (field.getHeader() == null) {
            fields.add(field);
            return;
        }
        switch (field.getHeader()) {
            case CONNECTION -> addOptions(field);
            case CONTENT_LENGTH -> addLength(field.getValue());
            case TRANSFER_ENCODING -> addCoding(field.getValue());
            case TE -> takesTrailers |= field.contains("trailers");
            case UPGRADE -> addUpgrade(field);
            case KEEP_ALIVE, PROXY_CONNECTION, HTTP2_SETTINGS -> { }
            default -> fields.add(field);
        }
    }

    private void addOptions(HttpField field) {
        for (String option : field.getValues()) {
            if (option.equalsIgnoreCase("close")) {
                close = true;
            } else if (option.equalsIgnoreCase("keep-alive")) {
                keepAlive = true;
            } else {
                if (nominated.isEmpty()) {
                    nominated = new ArrayList<>();
                }
                nominated.add(option);
            }
        }
    }

    /** HTTP/2 begins at once or not at all: smuggled through as an upgrade it would hide all that follows from this proxy. */
    private void addUpgrade(HttpField field) {
        for (String protocol : field.getValues()) {
            if (!protocol.equalsIgnoreCase("h2c") && !protocol.equalsIgnoreCase("h2")) {
                upgrade.add(protocol);
            }
        }
    }

    /** Digits only: what others might read differently must not pass (RFC 9110 section 8.6). */
    private void addLength(String value) {
        boolean digits = value != null && !value.isEmpty() && value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            fault = "Content-Length '" + value + "' is not a number.";
        } else if (length >= 0 && length != Long.parseLong(value)) {
            fault = "There are two different Content-Length fields.";
        } else {
            length = Long.parseLong(value);
        }
    }

    private void addCoding(String value) {
        if (!"chunked".equalsIgnoreCase(value)) {
            unknownCoding = true;
        }
        chunked = true;
    }

    /** What is wrong with the framing, as a sentence; null if nothing is. */
    String fault() {
        return fault != null ? fault : chunked && length >= 0 ? "There are both Content-Length and Transfer-Encoding." : null;
    }

    boolean isTooMany() {
        return count > MAX_FIELDS;
    }

    /** The protocols offered, or agreed on, instead of HTTP; null if none. */
    String upgrade() {
        return upgrade.length() > 0 && isNominated("upgrade") ? upgrade.toString() : null;
    }

    /** Whether the sender takes trailer fields. With HTTP/1 the Connection field has to say that TE is from the sender itself. */
    boolean takesTrailers(HttpVersion version) {
        return takesTrailers && (version == HttpVersion.HTTP_2 || isNominated("te"));
    }

    private boolean isNominated(String name) {
        return nominated.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** There is a transfer coding other than chunked. */
    boolean hasUnknownCoding() {
        return unknownCoding;
    }

    boolean isChunked() {
        return chunked;
    }

    /** The Content-Length in bytes, -1 if there is none. */
    long length() {
        return length;
    }

    /** RFC 9112 section 9.3. */
    boolean isPersistent(HttpVersion version) {
        return version == HttpVersion.HTTP_1_1 ? !close : keepAlive && !close;
    }

    /** The fields that go on, those that the Connection field names taken out; but never Host, which the framing of caches rests on. */
    HttpFields.Mutable forwarded() {
        for (String name : nominated) {
            if (!HttpHeader.HOST.is(name)) {
                fields.remove(name);
            }
        }
        return fields;
    }
}
