<!doctype html>
<html lang="${language}" dir="${direction}" data-dark-mode="${darkMode?c}" data-dark-class="${properties.kcDarkModeClass!""}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light${darkMode?then(' dark', '')}">
    <title>FAPI</title>
    <link rel="icon" type="image/svg+xml" href="${resourceUrl}/favicon.svg">
    <script src="${resourceUrl}/js/dark.js"></script>
    <link rel="stylesheet" href="${resourceCommonUrl}/vendor/patternfly-v5/patternfly.min.css">
    <link rel="stylesheet" href="${resourceUrl}/css/fapi.css">
    <script type="module" src="${resourceUrl}/js/main.js"></script>
  </head>
  <body data-page="${settings}">
    <div id="app" class="fapi-app">
      <main class="fapi-loading">
        <svg class="pf-v5-c-spinner pf-m-xl" role="progressbar" viewBox="0 0 100 100" aria-label="FAPI">
          <circle class="pf-v5-c-spinner__path" cx="50" cy="50" r="45" fill="none"></circle>
        </svg>
      </main>
    </div>
    <noscript>JavaScript is required to use this page.</noscript>
  </body>
</html>
