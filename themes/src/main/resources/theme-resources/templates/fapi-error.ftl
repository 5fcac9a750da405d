<#import properties.fapiLayout!"template.ftl" as layout>
<#-- First what an error means; the technical cause is for administrators. -->
<#assign key = (fapiError.key)!(((statusCode!500) == 404)?then("fapi.error.missing", "fapi.error.server"))>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${msg(key + ".title")}<#elseif section = "form">
    <#if !properties.fapiLayout??><link rel="stylesheet" href="${url.resourcesPath}/css/fapi-parts.css"></#if>
    <div class="fapi-consent">
      <div class="fapi-card fapi-error" id="kc-error-message">
        <#if key == "fapi.error.other" && message?has_content><p class="instruction">${kcSanitize(message.summary)?no_esc}</p></#if>
        <p class="instruction">${msg(key)}</p>
        <#if !skipLink?? && (client.baseUrl)?has_content && client.baseUrl?matches("https?://.*")>
          <p><a id="backToApplication" href="${client.baseUrl}">${msg("backToApplication")}</a></p>
        </#if>
        <#if fapiError??>
          <p class="fapi-muted">${msg("fapi.error.reference")}<br><code class="fapi-reference" id="fapi-reference" dir="ltr">${fapiError.reference}</code></p>
          <details class="fapi-more">
            <summary>${msg("fapi.error.technical")}</summary>
            <p class="fapi-technical" lang="en" dir="ltr">${fapiError.technical}</p>
            <p class="fapi-technical" dir="ltr"><code>${fapiError.code}</code></p>
          </details>
        <#elseif traceId??><p class="fapi-muted" id="traceId">${msg("traceIdSupportMessage", traceId)}</p></#if>
      </div>
    </div>
  </#if>
</@layout.registrationLayout>
