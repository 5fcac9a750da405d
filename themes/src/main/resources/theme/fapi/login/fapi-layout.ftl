<#-- The page around the pack's content: no script, no inline style, nothing from other hosts. -->
<#macro registrationLayout bodyClass="" displayInfo=false displayMessage=true displayRequiredFields=false>
<#local heading><#nested "header"></#local>
<!DOCTYPE html>
<html class="fapi" lang="${lang}" dir="${((locale.rtl)!false)?then("rtl", "ltr")}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex, nofollow">
  <title>${heading?markup_string?replace("<[^>]*>", "", "r")?trim?no_esc} – ${(realm.displayName)!realm.name}</title>
  <link rel="icon" href="${url.resourcesPath}/img/favicon.ico">
  <link rel="stylesheet" href="${url.resourcesPath}/css/fapi-brand.css">
  <#if fapiBrand??><link rel="stylesheet" href="${url.resourcesPath}/${fapiBrand}"></#if>
  <link rel="stylesheet" href="${url.resourcesPath}/css/fapi-layout.css">
  <link rel="stylesheet" href="${url.resourcesPath}/css/fapi-parts.css">
</head>
<body>
  <a class="fapi-skip" href="#fapi-main">${msg("fapi.page.skip")}</a>
  <header class="fapi-header">
    <span class="fapi-logo"></span>
    <span class="fapi-realm">${(realm.displayName)!realm.name}</span>
    <#if realm.internationalizationEnabled && locale.supported?size gt 1>
      <details class="fapi-languages">
        <summary><span class="fapi-hidden">${msg("fapi.page.language")}: </span>${locale.current}</summary>
        <ul>
          <#list locale.supported as language>
            <li><a href="${language.url}" hreflang="${language.languageTag}" lang="${language.languageTag}"<#if language.languageTag == locale.currentLanguageTag> aria-current="true"</#if>>${language.label}</a></li>
          </#list>
        </ul>
      </details>
    </#if>
  </header>
  <main class="fapi-main" id="fapi-main" tabindex="-1">
    <h1>${heading}</h1>
    <#if displayMessage && message?has_content>
      <p class="fapi-alert fapi-alert-${message.type}" role="<#if message.type == "error">alert<#else>status</#if>">${message.summary}</p>
    </#if>
    <#nested "form">
    <#if displayInfo><#nested "info"></#if>
  </main>
</body>
</html>
</#macro>
