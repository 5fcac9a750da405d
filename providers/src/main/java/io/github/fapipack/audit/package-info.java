/**
 * Compares a realm and its clients with a profile: one class for each property that rules do not
 * see, and one that asks all rules about a client. The checks yield findings and change nothing;
 * {@code change} applies them. Start with {@link io.github.fapipack.audit.Audit} and {@link
 * io.github.fapipack.audit.ClientAudit}.
 */
package io.github.fapipack.audit;
