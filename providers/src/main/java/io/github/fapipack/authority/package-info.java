/**
 * A realm's certificate authority: the issuing key, certificates from requests, their list,
 * revocation, OCSP and CRL. Start with {@link io.github.fapipack.authority.Authority}.
 */
package io.github.fapipack.authority;
