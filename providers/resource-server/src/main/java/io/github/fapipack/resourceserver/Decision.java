package io.github.fapipack.resourceserver;

import io.github.fapipack.httpsig.HttpField;
import java.util.List;

/** What becomes of a request. */
public sealed interface Decision permits Granted, Refused {

  /** Header fields that belong into the answer, whatever it is. */
  List<HttpField> responseFields();
}
