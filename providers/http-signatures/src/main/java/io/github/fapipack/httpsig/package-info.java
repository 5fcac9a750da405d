/**
 * HTTP message signatures (RFC 9421) and digests (RFC 9530) without libraries beyond the Java
 * platform, and FAPI 2.0's profile of them.
 *
 * <p>Start with {@link io.github.fapipack.httpsig.FapiSignatures}:
 *
 * <pre>{@code
 * FapiSignatures fapi = FapiSignatures.at(Clock.systemUTC());
 * SigningKey mine = JcaKeys.signing("kid", privateKey, SignatureAlgorithm.ECDSA_P256_SHA256);
 * RequestMessage signed = fapi.signRequest(request, content, mine);
 *
 * VerificationKeys theirs = input -> input.keyId().flatMap(clientKeys::byId);
 * VerifiedSignature who = fapi.verifyRequest(received, receivedContent, theirs);
 * }</pre>
 *
 * Not supported, and refused with an error that says so: trailers, {@code Accept-Signature}, dates
 * and display strings in structured fields, a request target in another form than origin form.
 *
 * <p>Why it is our own code: most libraries for Java implement a draft that came before RFC 9421,
 * and Authlete's brings a JOSE library and a parser of structured fields. This package goes into
 * the server and, as a JAR of its own, into APIs that must not inherit dependencies from it. The
 * tests use an independent parser and the examples of both RFCs.
 */
package io.github.fapipack.httpsig;
