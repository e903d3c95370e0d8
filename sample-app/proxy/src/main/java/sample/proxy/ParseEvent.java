package sample.proxy;

/** What a reader has come to. Readers only report; acting on it inside the parser's callbacks would re-enter the parser. */
enum ParseEvent {
    /** Nothing more without more bytes. */
    STARVED,
    /** A head is complete. */
    HEAD,
    /** A piece of the body is there. */
    CONTENT,
    /** The message is complete. */
    END,
    /** This cannot be understood, and nothing after it can. */
    FAULT
}
