/** Sessions in the database: what their rows cost a request. */
package io.github.fapipack.session;
