/**
 * Names in certificates: parses and compares distinguished and alternative names by RFC 5280 and
 * RFC 4514, from the encoded octets. It uses no other room and nothing of Keycloak. Start with
 * {@link io.github.fapipack.certificate.CertificateMember}.
 */
package io.github.fapipack.certificate;
