/** Real proxies of released artifacts, and pools before a database: in JVMs of their own, without the agent and with it. */
package sample.bench.real.proxy;
