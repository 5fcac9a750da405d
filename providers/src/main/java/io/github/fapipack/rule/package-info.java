/**
 * The core: what a rule and a condition are, the occasion on which one is asked, the refusal, and
 * where refusals are recorded; also the endpoint of a request, and what is kept until the request
 * ends ({@link io.github.fapipack.rule.RequestKey}). It uses only the seam to Keycloak. Start with
 * {@link io.github.fapipack.rule.Rule}, then {@link io.github.fapipack.rule.Occasion} and {@link
 * io.github.fapipack.rule.Refusal}.
 */
package io.github.fapipack.rule;
