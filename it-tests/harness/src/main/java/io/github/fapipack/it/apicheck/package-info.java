/**
 * Attacks an API from outside, as a stranger or as a client that has gone bad would: the command
 * {@code fapi-resource-check}. Start reading at {@link
 * io.github.fapipack.it.apicheck.ResourceCheck}; what is sent is in the classes whose name ends in
 * {@code Attacks}.
 */
package io.github.fapipack.it.apicheck;
