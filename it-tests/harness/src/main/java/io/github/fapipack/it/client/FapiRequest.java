package io.github.fapipack.it.client;

import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.httpsig.HttpSignature;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One request of a client to the server, correct unless it is altered.
 *
 * <p>Alterations are applied to the complete request, in the order in which they were made, and
 * again to the request that answers a nonce challenge. Each {@link #send()} creates a new assertion
 * and a new proof.
 *
 * @param <A> what a successful answer is parsed into
 */
public final class FapiRequest<A> {
  private final FapiClient client;
  private final Function<HttpExchange, A> parser;
  private final List<Consumer<NamedValues>> formEdits = new ArrayList<>();
  private final List<Consumer<NamedValues>> headerEdits = new ArrayList<>();
  private final List<Consumer<ClientAssertion>> assertionEdits = new ArrayList<>();
  private final List<Consumer<DpopProof>> proofEdits = new ArrayList<>();
  private final List<Consumer<RequestObject>> objectEdits = new ArrayList<>();
  private final List<Consumer<NamedValues>> besideEdits = new ArrayList<>();
  private final List<Consumer<HttpSignature>> signatureEdits = new ArrayList<>();
  private final List<Consumer<NamedValues>> tampering = new ArrayList<>();
  private String method;
  private URI uri;
  private String accessToken;
  private String body;
  private Consumer<NamedValues> watcher = asked -> {};
  private boolean signsParameters;
  private boolean authenticates;
  private boolean proves;
  private boolean certificate;
  private boolean answersNonces;
  private boolean signsMessage;

  FapiRequest(FapiClient client, String method, URI uri, Function<HttpExchange, A> parser) {
    this.client = client;
    this.method = method;
    this.uri = uri;
    this.parser = parser;
    this.certificate = client.usesCertificate();
    this.answersNonces = true;
  }

  FapiRequest<A> authenticated() {
    authenticates = true;
    return this;
  }

  FapiRequest<A> proven() {
    proves = client.constraint() == SenderConstraint.DPOP;
    return this;
  }

  FapiRequest<A> authorizedBy(String token) {
    accessToken = token;
    signsMessage = client.signsResources();
    return proven();
  }

  /** Sets a form parameter, and removes others with that name. */
  public FapiRequest<A> with(String name, String value) {
    formEdits.add(form -> form.set(name, value));
    return this;
  }

  /** Adds a form parameter, even if there is one with that name. */
  public FapiRequest<A> adding(String name, String value) {
    formEdits.add(form -> form.add(name, value));
    return this;
  }

  /** Leaves a form parameter out. */
  public FapiRequest<A> without(String name) {
    return with(name, null);
  }

  /** Sets a header, and removes others with that name; null leaves it out. */
  public FapiRequest<A> header(String name, String value) {
    headerEdits.add(headers -> headers.set(name, value));
    return this;
  }

  /** Adds a header line, even if there is one with that name. */
  public FapiRequest<A> addingHeader(String name, String value) {
    headerEdits.add(headers -> headers.add(name, value));
    return this;
  }

  /** Alters the client assertion before it is signed. */
  public FapiRequest<A> assertion(Consumer<ClientAssertion> edit) {
    assertionEdits.add(edit);
    return this;
  }

  /** Alters the DPoP proof before it is signed. */
  public FapiRequest<A> proof(Consumer<DpopProof> edit) {
    proves = true;
    proofEdits.add(edit);
    return this;
  }

  /** Puts the parameters into a request object, and alters it before it is signed. */
  public FapiRequest<A> requestObject(Consumer<RequestObject> edit) {
    signsParameters = true;
    objectEdits.add(edit);
    return this;
  }

  /** Sends the parameters as they are. */
  public FapiRequest<A> withoutRequestObject() {
    signsParameters = false;
    return this;
  }

  /** Sets a form parameter outside of the request object. */
  public FapiRequest<A> beside(String name, String value) {
    besideEdits.add(form -> form.set(name, value));
    return this;
  }

  /** Signs the whole message, and alters the signature before it is made. */
  public FapiRequest<A> signature(Consumer<HttpSignature> edit) {
    signsMessage = true;
    signatureEdits.add(edit);
    return this;
  }

  /** Sends no HTTP signature. */
  public FapiRequest<A> withoutSignature() {
    signsMessage = false;
    return this;
  }

  /** Sets a header after everything is signed; null removes it. */
  public FapiRequest<A> tamper(String name, String value) {
    tampering.add(headers -> headers.set(name, value));
    return this;
  }

  /**
   * Passes the final parameters to a listener, whether they are inside or outside of a request
   * object.
   */
  FapiRequest<A> watchedBy(Consumer<NamedValues> listener) {
    watcher = listener;
    return this;
  }

  /** Sends no DPoP proof. */
  public FapiRequest<A> withoutProof() {
    proves = false;
    return this;
  }

  /** Sends neither assertion nor secret; the certificate of the connection stays. */
  public FapiRequest<A> withoutAuthentication() {
    authenticates = false;
    return this;
  }

  /** Shows no client certificate. */
  public FapiRequest<A> withoutCertificate() {
    certificate = false;
    return this;
  }

  /** Uses the client's certificate, even if nothing requires it. */
  public FapiRequest<A> withCertificate() {
    certificate = true;
    return this;
  }

  /** Does not retry when the server asks for a DPoP nonce. */
  public FapiRequest<A> ignoringNonces() {
    answersNonces = false;
    return this;
  }

  /** Sends to another address; the proof names it too. */
  public FapiRequest<A> to(URI other) {
    uri = other;
    return this;
  }

  /** Uses another HTTP method; the proof names it too. */
  public FapiRequest<A> method(String other) {
    method = other;
    return this;
  }

  /** Sends this text instead of the form. */
  public FapiRequest<A> body(String contentType, String text) {
    body = text;
    return header("Content-Type", contentType);
  }

  /** Sends without checking the result. */
  public HttpExchange send() {
    HttpExchange answer = sendOnce();
    client.rememberNonce(accessToken != null, answer);
    boolean challenged =
        "use_dpop_nonce".equals(answer.error()) && answer.header("DPoP-Nonce") != null;
    return answersNonces && proves && challenged ? sendOnce() : answer;
  }

  /** Sends, and fails unless the answer is a valid success. */
  public A expect() {
    return parser.apply(send());
  }

  /** Sends, and fails unless the answer is an error of this code with a client-error status. */
  public HttpExchange expectError(String code) {
    return send().expectError(code);
  }

  /** Sends, and fails unless the answer is an error of this status and code. */
  public HttpExchange expectError(int status, String code) {
    return send().expectError(status, code);
  }

  private HttpExchange sendOnce() {
    NamedValues form = new NamedValues();
    NamedValues headers = new NamedValues();
    headers.set("Accept", "application/json");
    if (method.equals("POST")) {
      headers.set("Content-Type", "application/x-www-form-urlencoded");
    }
    if (accessToken != null) {
      headers.set("Authorization", client.constraint().tokenType() + " " + accessToken);
    }
    if (authenticates) {
      authenticate(form, headers);
    }
    if (proves) {
      headers.set("DPoP", proof().sign());
    }
    formEdits.forEach(edit -> edit.accept(form));
    if (signsParameters) {
      signParameters(form);
    } else {
      watcher.accept(form);
    }
    besideEdits.forEach(edit -> edit.accept(form));
    headerEdits.forEach(edit -> edit.accept(headers));
    String sent = body != null ? body : form.encode();
    if (signsMessage) {
      HttpSignature signature = client.newHttpSignature(headers, sent);
      signatureEdits.forEach(edit -> edit.accept(signature));
      signature.sign(method, uri, headers, sent);
    }
    tampering.forEach(edit -> edit.accept(headers));
    return client.transport(certificate).send(method, uri, headers, sent);
  }

  private void signParameters(NamedValues form) {
    RequestObject object = client.newRequestObject();
    object.take(form);
    objectEdits.forEach(edit -> edit.accept(object));
    NamedValues asked = new NamedValues();
    for (String name : List.of("redirect_uri", "state", "nonce")) {
      asked.set(name, object.claim(name) == null ? null : String.valueOf(object.claim(name)));
    }
    watcher.accept(asked);
    form.set("request", object.sign());
  }

  private void authenticate(NamedValues form, NamedValues headers) {
    form.set("client_id", client.clientId());
    client.auth().addSecret(client.clientId(), client.secret(), form, headers);
    if (client.auth().needsAssertion()) {
      ClientAssertion assertion = client.newAssertion();
      assertionEdits.forEach(edit -> edit.accept(assertion));
      form.set("client_assertion_type", ClientAssertion.TYPE);
      form.set("client_assertion", assertion.sign());
    }
  }

  private DpopProof proof() {
    DpopProof proof = client.newProof(method, uri);
    proof.nonce(client.nonce(accessToken != null));
    if (accessToken != null) {
      proof.ath(accessToken);
    }
    proofEdits.forEach(edit -> edit.accept(proof));
    return proof;
  }
}
