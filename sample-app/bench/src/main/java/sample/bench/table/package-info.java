/** Tables of text. */
package sample.bench.table;
