package io.github.fapipack.consent;

import freemarker.template.TemplateScalarModel;

/**
 * A text of a client in a template: what is printed is safe, what is compared or formatted is what
 * the client sent.
 */
record ClientText(String original) implements TemplateScalarModel {

  @Override
  public String getAsString() {
    return SafeText.of(original);
  }
}
