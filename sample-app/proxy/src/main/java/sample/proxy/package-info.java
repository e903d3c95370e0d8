/**
 * A small reverse proxy for HTTP/1.1 and HTTP/2 built the way HAProxy is: one event loop per thread, tasklets as wake handles, idle server
 * connections kept per loop, and other loops allowed to take them over under the owner's takeover lock.
 *
 * <p>Read it in this order: {@link sample.proxy.Main}, {@link sample.proxy.Proxy}, {@link sample.proxy.EventLoop},
 * {@link sample.proxy.ReentrantWake}, {@link sample.proxy.IdleConns}, then a request's way through
 * {@link sample.proxy.FrontConnection}, a {@link sample.proxy.FrontMux}, {@link sample.proxy.Exchange}, a
 * {@link sample.proxy.BackMux} and {@link sample.proxy.BackConnection}. An exchange joins a {@link sample.proxy.FrontStream} and a
 * {@link sample.proxy.BackStream} without knowing which protocol either speaks. HTTP/2's wire format is Jetty's; the streams, windows
 * and limits are in {@link sample.proxy.H2Mux} and around it.
 *
 * <p>TLS, if there is any, is a layer below the mux with a wake handle of its own, {@link sample.proxy.TlsLayer}: the selector wakes it,
 * and it wakes the mux, which reads and writes through it. A takeover replaces both handles.
 *
 * <p>Threads: everything that belongs to a loop is touched by that loop's thread only. The exceptions are the idle list with what
 * is linked in it (its lock), {@link sample.proxy.Tasklet#context} and
 * {@link sample.proxy.TlsTasklet#context} (written under that lock) and a loop's task queue.
 */
package sample.proxy;
