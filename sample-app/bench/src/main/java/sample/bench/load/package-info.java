/** The load side: the origin that a proxy forwards to, and the client that sends the requests and checks every byte of the answers. */
package sample.bench.load;
