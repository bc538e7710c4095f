// Before anything is drawn, so that a page chosen to be dark never flashes white.
(() => {
  const chosen = localStorage.getItem('assay-theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
})();
