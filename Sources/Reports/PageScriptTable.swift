/// The table, the theme and the start in the page's script.
enum PageScriptTable {
  /// The functions.
  static let text = #"""
    function sortTable(table, header) {
      var column = Array.prototype.indexOf.call(header.parentNode.children, header);
      var isNumber = header.classList.contains('number');
      var isUp = header.getAttribute('aria-sort') !== 'ascending';
      function value(row) {
        var text = row.children[column].getAttribute('data-value');
        return text === null ? null : isNumber ? Number(text) : text;
      }
      function compare(one, other) {
        var first = value(one), second = value(other);
        if (first === null || second === null) { return (first === null) - (second === null); }
        var order = isNumber ? first - second
          : first.localeCompare(second, 'en', { numeric: true });
        return isUp ? order : -order;
      }
      table.querySelectorAll('th[aria-sort]').forEach(function (other) {
        other.removeAttribute('aria-sort');
      });
      header.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
      var body = table.tBodies[0];
      body.append.apply(body, Array.from(body.rows).sort(compare));
    }
    function startTable(figures) {
      var table = document.getElementById('run-table');
      if (!table) { return; }
      table.querySelectorAll('thead th').forEach(function (header) {
        var button = header.querySelector('button');
        if (button) {
          button.addEventListener('click', function () { sortTable(table, header); });
        }
      });
      var input = document.getElementById('filter');
      input.addEventListener('input', function () { filterRuns(table, figures, input.value); });
      table.addEventListener('click', function (event) {
        var link = event.target.closest('a');
        var run = link && document.getElementById(link.getAttribute('href').slice(1));
        if (run) { run.open = true; }
      });
    }
    function filterRuns(table, figures, text) {
      var words = text.toLowerCase().split(/\s+/).filter(Boolean);
      var rows = Array.from(table.tBodies[0].rows), count = 0, filtered = {};
      rows.forEach(function (row) {
        var own = row.getAttribute('data-words'), number = row.getAttribute('data-run');
        var isShown = words.every(function (word) { return own.indexOf(word) >= 0; });
        row.hidden = !isShown;
        document.getElementById('run-' + number).hidden = !isShown;
        if (isShown) { count += 1; } else { filtered['observed-' + number] = true; }
      });
      document.getElementById('filter-count').textContent = words.length
        ? count + ' of ' + rows.length + ' runs'
        : rows.length + (rows.length === 1 ? ' run' : ' runs');
      var comparison = figures['comparison-chart'];
      if (comparison) {
        comparison.state.filtered = filtered;
        redraw(comparison);
      }
    }
    function startTheme() {
      var button = document.getElementById('theme'), root = document.documentElement;
      var themes = ['auto', 'light', 'dark'], words = ['◐ Auto', '☀ Light', '☾ Dark'];
      var spoken = ['as the system', 'light', 'dark'];
      function show(theme) {
        var index = Math.max(0, themes.indexOf(theme));
        root.setAttribute('data-theme', themes[index]);
        button.textContent = words[index];
        button.setAttribute('aria-label', 'Colours: ' + spoken[index]);
      }
      var saved = 'auto';
      // Pages from disk may have no storage.
      try { saved = localStorage.getItem('losscast-theme') || 'auto'; } catch (error) { saved = 'auto'; }
      show(saved);
      button.addEventListener('click', function () {
        var next = themes[(themes.indexOf(root.getAttribute('data-theme')) + 1) % themes.length];
        show(next);
        try { localStorage.setItem('losscast-theme', next); } catch (error) { return; }
      });
    }
    function startPrinting() {
      var opened = [];
      window.addEventListener('beforeprint', function () {
        opened = Array.from(document.querySelectorAll('details:not([open])'));
        opened.forEach(function (node) { node.open = true; });
      });
      window.addEventListener('afterprint', function () {
        opened.forEach(function (node) { node.open = false; });
      });
    }
    function openTarget() {
      var id = decodeURIComponent(location.hash.slice(1));
      var node = id && document.getElementById(id);
      if (node && node.tagName === 'DETAILS') { node.open = true; }
    }
    function start() {
      document.documentElement.classList.add('scripted');
      var data = JSON.parse(document.getElementById('report-data').textContent), figures = {};
      var sizes = new ResizeObserver(function (entries) {
        entries.forEach(function (entry) {
          var figure = figures[entry.target.parentNode.getAttribute('data-chart')];
          var width = Math.round(entry.contentRect.width);
          if (width >= 50 && (!figure.plot || figure.plot.layout.width !== width)) {
            // A new height in the same frame would set the observer off again.
            requestAnimationFrame(function () { redraw(figure); });
          }
        });
      });
      document.querySelectorAll('figure[data-chart]').forEach(function (node) {
        var id = node.getAttribute('data-chart'), spec = data.charts[id];
        spec.losses.concat(spec.rates).forEach(function (series) {
          series.data = data.curves[series.curve];
        });
        figures[id] = makeFigure(node, id, spec);
        sizes.observe(figures[id].canvas);
      });
      startTheme();
      startTable(figures);
      startPrinting();
      openTarget();
      window.addEventListener('hashchange', openTarget);
    }
    """#
}
