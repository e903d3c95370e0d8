/** Figures in the documentation: Markdown blocks generated from the raw JSON that is kept beside them. */
package sample.bench.figures;
