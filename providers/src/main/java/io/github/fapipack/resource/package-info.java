/**
 * The rules for requests with an access token: proof of possession, signed requests and signed
 * responses (RFC 9449 7, FAPI2-HS). The filters that ask them are in {@code http}. Start with
 * {@link io.github.fapipack.resource.RequireProofOfPossession}.
 */
package io.github.fapipack.resource;
