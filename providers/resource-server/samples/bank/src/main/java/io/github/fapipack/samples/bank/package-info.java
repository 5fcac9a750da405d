/**
 * A bank API with accounts and payments, on nothing but the JDK's HTTP server and the kit.
 *
 * <p>Start with {@link io.github.fapipack.samples.bank.SampleBank}.
 */
package io.github.fapipack.samples.bank;
