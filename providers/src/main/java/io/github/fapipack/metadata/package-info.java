/**
 * What a realm publishes about itself: OpenID Discovery, RFC 8414 metadata and the public keys,
 * according to the realm's rules. Start with {@code RealmMetadata}.
 */
package io.github.fapipack.metadata;
