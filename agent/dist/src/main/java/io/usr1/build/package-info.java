/**
 * A step of the build, not part of the agent: links lambdas, concatenations and the methods of records ahead of time. The
 * build runs it on the agent's classes between relocating and laying them out, and leaves it out of the jar.
 */
package io.usr1.build;
