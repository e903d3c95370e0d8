/** The smallest pool that takes a lock to learn that a connection is not idle: what check is tried on. Never run. */
package org.example.pool;
