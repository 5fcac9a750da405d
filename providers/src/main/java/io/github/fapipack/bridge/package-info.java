/**
 * The bridge to the bank's own consent service, for ecosystems in which a bank holds the consents:
 * an authorization request names a consent, the service says whether it may be used and what to
 * show, and is told what the user decided. Start with {@link
 * io.github.fapipack.bridge.ConsentService}, then {@code RequireBankConsent}.
 */
package io.github.fapipack.bridge;
