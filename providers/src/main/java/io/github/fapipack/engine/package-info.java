/**
 * Parts of Keycloak that are replaced for speed only; without them every rule would hold all the
 * same. Keycloak 26.7 parses the JSON of a realm's client policies and sets up every condition and
 * executor anew on each event, of which a flow has a dozen; with sixty rules in a realm that is
 * work for each of them each time. {@link io.github.fapipack.engine.CachedClientPolicies} builds
 * the policies once per change of the realm and asks whom Keycloak asks, in its order, with its
 * answer, which a test compares for random policies. {@link io.github.fapipack.engine.VerifiedOnce}
 * verifies no signature twice within one request, where Keycloak verifies a DPoP proof again that a
 * rule has verified (some two percent of a whole flow with ES256). {@link
 * io.github.fapipack.engine.RememberedParameterSizes} remembers limits that Keycloak reads from its
 * configuration twice for every parameter. All three could be offered to Keycloak itself, and would
 * go from here then; what rules a realm has is known to {@code rule.RealmRules}, which is no part
 * of this. The benchmarks in {@code it-tests} compare a realm with the pack to one with Keycloak's
 * own profile. Start with {@code PolicyCache}.
 */
package io.github.fapipack.engine;
