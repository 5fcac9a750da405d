package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.client.DpopProof;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.NamedValues;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One request to the API before it is sent: honest until an attack alters it. */
final class Draft {
  private final FapiClient client;
  private final MessageSigning signing;
  private final String honestToken;
  private final List<Consumer<DpopProof>> proofEdits = new ArrayList<>();
  private final List<Consumer<NamedValues>> edits = new ArrayList<>();
  private final List<Consumer<NamedValues>> tampering = new ArrayList<>();
  private URI address;
  private String method;
  private String target;
  private String version = "HTTP/1.1";
  private String scheme;
  private String token;
  private String nonce;
  private String body = "";
  private String contentType;
  private String contentLength;
  private String sentBody;
  private boolean proven;
  private Identity identity;
  private final MessageSigning.Edits signature = new MessageSigning.Edits();

  Draft(FapiClient client, String token, Target target, MessageSigning signing) {
    this.client = client;
    this.signing = signing;
    this.honestToken = token;
    this.token = token;
    this.address = target.address();
    this.method = target.method();
    this.target = pathAndQuery(address);
    this.scheme = client.constraint().tokenType();
    this.proven = scheme.equals("DPoP");
    this.identity = client.usesCertificate() ? Identity.OWN : Identity.NOBODY;
    body(target.body(), target.contentType());
  }

  private static String pathAndQuery(URI address) {
    String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
  }

  /** The nonce that the API has given; null if there is none. */
  Draft nonce(String value) {
    nonce = value;
    return this;
  }

  /** Sends to another address of the same host, which the proof names too. */
  Draft at(URI other) {
    address = other;
    target = pathAndQuery(other);
    return this;
  }

  /** Writes another target into the first line; the proof names the honest address. */
  Draft target(String other) {
    target = other;
    return this;
  }

  /** The target of the first line. */
  String target() {
    return target;
  }

  /** The address that proofs and signatures name. */
  URI address() {
    return address;
  }

  String method() {
    return method;
  }

  /** Sends with another method, which the proof names too. */
  Draft method(String other) {
    method = other;
    return this;
  }

  Draft version(String other) {
    version = other;
    return this;
  }

  /** Sends another token, for which the proof is made. */
  Draft token(String other) {
    token = other;
    return this;
  }

  String token() {
    return token;
  }

  String scheme() {
    return scheme;
  }

  /** Sends the token with another scheme. */
  Draft scheme(String other) {
    scheme = other;
    return this;
  }

  /** Sends neither token nor proof. */
  Draft anonymous() {
    token = null;
    return withoutProof();
  }

  Draft withoutProof() {
    proven = false;
    return this;
  }

  /** Alters the proof before it is signed. */
  Draft proof(Consumer<DpopProof> edit) {
    proofEdits.add(edit);
    return this;
  }

  Draft body(String text, String type) {
    body = text;
    contentType = type;
    return this;
  }

  String body() {
    return body;
  }

  /** The body as it would be sent, with its signature. */
  String signedBody() {
    return signing.body(body, signature);
  }

  /** Sends another body than the one that was signed. */
  Draft sendBody(String other) {
    sentBody = other;
    return this;
  }

  /** Writes this instead of the true length; empty for no such header. */
  Draft contentLength(String lines) {
    contentLength = lines;
    return this;
  }

  Draft as(Identity other) {
    identity = other;
    return this;
  }

  Identity identity() {
    return identity;
  }

  /** Sets a header before the message is signed; null removes it. */
  Draft header(String name, String value) {
    return editing(headers -> headers.set(name, value));
  }

  Draft addingHeader(String name, String value) {
    return editing(headers -> headers.add(name, value));
  }

  /** Changes the headers before the message is signed. */
  Draft editing(Consumer<NamedValues> edit) {
    edits.add(edit);
    return this;
  }

  /** Changes the headers after the message was signed. */
  Draft tampering(Consumer<NamedValues> edit) {
    tampering.add(edit);
    return this;
  }

  /** What to alter in the signature of the message. */
  MessageSigning.Edits signature() {
    return signature;
  }

  /** The request as it goes over the connection. */
  byte[] bytes() {
    NamedValues headers = new NamedValues();
    headers.set("Host", address.getRawAuthority());
    headers.set("User-Agent", "fapi-resource-check");
    headers.set("Accept", "*/*");
    if (token != null) {
      headers.set("Authorization", scheme + " " + token);
    }
    if (proven) {
      headers.set("DPoP", proof());
    }
    String content = signing.body(body, signature);
    if (!content.isEmpty()) {
      headers.set("Content-Type", signing.contentType(contentType));
    }
    edits.forEach(edit -> edit.accept(headers));
    signing.sign(method, address, headers, content, signature);
    tampering.forEach(edit -> edit.accept(headers));
    return serialized(headers, sentBody == null ? content : sentBody);
  }

  /** The proof of possession; made for the honest token if there is none. */
  private String proof() {
    DpopProof proof = client.newProof(method, address).nonce(nonce);
    proof.ath(token == null || token.isEmpty() ? honestToken : token);
    proofEdits.forEach(edit -> edit.accept(proof));
    return proof.sign();
  }

  private byte[] serialized(NamedValues headers, String content) {
    byte[] octets = content.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(' ').append(version).append("\r\n");
    headers
        .entries()
        .forEach(
            entry ->
                head.append(entry.getKey()).append(": ").append(entry.getValue()).append("\r\n"));
    if (contentLength != null) {
      head.append(contentLength);
    } else if (octets.length > 0 || "POST PUT PATCH".contains(method)) {
      head.append("Content-Length: ").append(octets.length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(octets);
    return bytes.toByteArray();
  }
}
