/**
 * Compares a realm and its clients with a profile: one class for each thing that no rule sees, and
 * one that asks all rules what they say of a client. The checks yield findings and change nothing;
 * {@code change} applies them. Start with {@link io.github.fapipack.audit.Audit} and {@link
 * io.github.fapipack.audit.ClientAudit}.
 */
package io.github.fapipack.audit;
