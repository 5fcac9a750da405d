package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import io.github.fapipack.httpsig.structured.BareItem.StringItem;

/** The values of derived components (RFC 9421 2.2). */
final class DerivedComponents {
  static final String METHOD = "@method";
  static final String TARGET_URI = "@target-uri";
  static final String STATUS = "@status";
  static final String QUERY_PARAM = "@query-param";
  static final String SIGNATURE_PARAMS = "@signature-params";

  private DerivedComponents() {}

  /** The value in a message; for {@code ;req} the caller passes the request. */
  static String value(Component component, HttpMessage message) throws HttpSignatureException {
    if (component.name().equals(STATUS)) {
      return status(message);
    }
    if (!(message instanceof RequestMessage request)) {
      throw refused("it belongs to a request; in a response it needs ;req");
    }
    return switch (component.name()) {
      case METHOD -> method(request);
      case TARGET_URI -> targetUri(request);
      case "@authority" -> TargetUri.of(request.targetUri()).authority();
      case "@scheme" -> TargetUri.of(request.targetUri()).scheme();
      case "@request-target" -> requestTarget(request);
      case "@path" -> TargetUri.of(request.targetUri()).path();
      case "@query" -> query(TargetUri.of(request.targetUri()));
      case QUERY_PARAM -> queryParameter(component, TargetUri.of(request.targetUri()));
      case SIGNATURE_PARAMS -> throw refused("it must not be listed among the covered components");
      default -> throw refused("there is no such derived component");
    };
  }

  private static String status(HttpMessage message) throws HttpSignatureException {
    if (!(message instanceof ResponseMessage response)) {
      throw refused("a request has no status");
    }
    if (response.status() < 100 || response.status() > 999) {
      throw refused("a status has three digits");
    }
    return Integer.toString(response.status());
  }

  private static String method(RequestMessage request) throws HttpSignatureException {
    if (!Tokens.isToken(request.method())) {
      throw new HttpSignatureException(Reason.MALFORMED, "the method must be a token");
    }
    return request.method();
  }

  private static String targetUri(RequestMessage request) throws HttpSignatureException {
    TargetUri.of(request.targetUri());
    return request.targetUri();
  }

  /** RFC 9421 2.2.5, in origin form, as in every request to an origin server. */
  private static String requestTarget(RequestMessage request) throws HttpSignatureException {
    if (request.method().equals("CONNECT")) {
      throw refused("it is only supported in origin form");
    }
    TargetUri uri = TargetUri.of(request.targetUri());
    return uri.path() + uri.query();
  }

  private static String query(TargetUri uri) {
    return uri.query().isEmpty() ? "?" : uri.query();
  }

  private static String queryParameter(Component component, TargetUri uri)
      throws HttpSignatureException {
    if (component.parameters().get(Component.QUERY_NAME).orElse(null) instanceof StringItem name) {
      return QueryParameters.value(uri.query(), name.value());
    }
    throw new HttpSignatureException(Reason.MALFORMED, "it needs ;name with a string");
  }

  private static HttpSignatureException refused(String sentence) {
    return new HttpSignatureException(Reason.UNSUPPORTED, sentence);
  }
}
