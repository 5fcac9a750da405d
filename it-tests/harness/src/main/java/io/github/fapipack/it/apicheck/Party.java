package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.pki.ClientCertificate;
import java.util.Optional;

/** A client with what it has. */
record Party(
    FapiClient client,
    Optional<ClientKeys> keys,
    Optional<ClientCertificate> certificate,
    TlsSettings tls) {}
