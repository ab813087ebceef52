/// Figures in the page's script: switches, legends, the crosshair and its values.
enum PageScriptFigures {
  /// The functions.
  static let text = #"""
    function makeFigure(node, id, spec) {
      var figure = {
        node: node, id: id, spec: spec, canvas: node.querySelector('.canvas'), plot: null,
        state: { logX: false, logY: false, full: false, hidden: {}, filtered: {} }
      };
      node.querySelectorAll('[data-switch]').forEach(function (button) {
        var name = button.getAttribute('data-switch');
        if (name === 'logX' && !spec.firstStep || name === 'logY' && !spec.lowestLoss) {
          button.hidden = true;
        }
        button.addEventListener('click', function () {
          figure.state[name] = !figure.state[name];
          button.setAttribute('aria-pressed', String(figure.state[name]));
          if (name === 'full') { node.querySelector('figcaption').hidden = figure.state.full; }
          redraw(figure);
        });
      });
      node.querySelectorAll('[data-key]').forEach(function (button) {
        var key = button.getAttribute('data-key');
        button.title = 'Show or hide';
        button.addEventListener('click', function () {
          figure.state.hidden[key] = !figure.state.hidden[key];
          button.setAttribute('aria-pressed', String(!figure.state.hidden[key]));
          redraw(figure);
        });
      });
      return figure;
    }
    function redraw(figure) {
      var width = Math.round(figure.canvas.clientWidth);
      if (width < 50) { return; }
      figure.plot = drawChart(figure.id, figure.spec, figure.state, width);
      figure.canvas.replaceChildren(figure.plot.svg);
      listen(figure);
    }
    function listen(figure) {
      var svg = figure.plot.svg;
      function follow(event) {
        var box = svg.getBoundingClientRect(), ratio = figure.plot.layout.width / box.width;
        showValues(figure, (event.clientX - box.left) * ratio, (event.clientY - box.top) * ratio);
      }
      svg.addEventListener('pointermove', follow);
      svg.addEventListener('pointerdown', follow);
      svg.addEventListener('pointerleave', function () { hideValues(figure); });
      svg.addEventListener('blur', function () { hideValues(figure); });
      svg.addEventListener('keydown', function (event) {
        var turn = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (event.key === 'Escape') { hideValues(figure); }
        if (!turn) { return; }
        event.preventDefault();
        var layout = figure.plot.layout, at = figure.cursor;
        at = at === undefined ? layout.plotRight : at + turn * (event.shiftKey ? 40 : 8);
        at = Math.min(layout.plotRight, Math.max(layout.left, at));
        showValues(figure, at, layout.top);
      });
    }
    function nearestIndex(steps, step) {
      var low = 0, high = steps.length - 1;
      while (high - low > 1) {
        var middle = (low + high) >> 1;
        if (steps[middle] < step) { low = middle; } else { high = middle; }
      }
      return Math.abs(steps[low] - step) <= Math.abs(steps[high] - step) ? low : high;
    }
    function readingsAt(figure, list, scale, step, slack) {
      var readings = [];
      list.forEach(function (series) {
        var data = series.data;
        if (!data.x.length) { return; }
        var index = nearestIndex(data.x, step), value = data.y[index];
        var across = figure.plot.x.pixel(data.x[index]), down = scale.pixel(value);
        var isBeyond = step < data.x[0] - slack || step > data.x[data.x.length - 1] + slack;
        if (isBeyond || across === null || down === null) { return; }
        readings.push({ series: series, index: index, value: value, x: across, y: down });
      });
      return readings;
    }
    function lossText(reading) {
      var data = reading.series.data, text = reading.value.toFixed(4);
      if (!data.lower || !isDrawable(data.lower[reading.index])) { return text; }
      return text + ' (' + data.lower[reading.index].toFixed(4) + ' to '
        + data.upper[reading.index].toFixed(4) + ')';
    }
    function showValues(figure, x, y) {
      hideValues(figure);
      var plot = figure.plot, layout = plot.layout;
      if (x < layout.left - 4 || x > layout.plotRight + 4) { return; }
      figure.cursor = x;
      var step = plot.x.value(Math.min(layout.plotRight, Math.max(layout.left, x)));
      var slack = (plot.x.range[1] - plot.x.range[0]) * 0.01;
      var losses = readingsAt(figure, plot.losses, plot.y, step, slack);
      losses.sort(function (one, other) { return Math.abs(one.y - y) - Math.abs(other.y - y); });
      var nearest = losses[0];
      losses = losses.slice(0, 8).sort(function (one, other) { return one.y - other.y; });
      var rates = readingsAt(figure, plot.rates, plot.rate, step, slack);
      if (!losses.length && !rates.length) { return; }
      var at = (nearest || rates[0]);
      drawCross(figure, at.x, losses.concat(rates), plot.losses.length > 4 && nearest);
      drawTip(figure, at, losses, rates, nearest);
    }
    function drawCross(figure, x, readings, highlighted) {
      var plot = figure.plot, layout = plot.layout, group = element('g', { 'class': 'hover' });
      group.appendChild(element('path', {
        'class': 'cross', d: 'M' + short(x) + ' ' + layout.top + 'V' + layout.plotBottom
      }));
      readings.forEach(function (reading) {
        if (reading.y < layout.top - 1 || reading.y > layout.plotBottom + 1) { return; }
        group.appendChild(element('circle', {
          'class': 'near f' + reading.series.color, cx: short(reading.x), cy: short(reading.y), r: 4
        }));
      });
      plot.svg.appendChild(group);
      if (!highlighted) { return; }
      plot.lossGroup.querySelectorAll('[data-curve]').forEach(function (path) {
        path.classList.toggle('dim',
          path.getAttribute('data-curve') !== highlighted.series.curve);
      });
    }
    function tipRow(color, name, value, isNear) {
      var row = document.createElement('div'), dot = document.createElement('i');
      var label = document.createElement('span'), number = document.createElement('span');
      dot.style.background = 'var(--c' + color + ')';
      label.className = 'name';
      label.textContent = name || '(no name)';
      number.className = 'value';
      number.textContent = value;
      if (isNear) { number.style.fontWeight = '640'; }
      row.append(dot, label, number);
      return row;
    }
    function drawTip(figure, at, losses, rates, nearest) {
      var tip = document.createElement('div'), head = document.createElement('b');
      tip.className = 'tip';
      head.textContent = 'step ' + grouped(at.series.data.x[at.index]);
      tip.appendChild(head);
      losses.forEach(function (reading) {
        tip.appendChild(tipRow(reading.series.color, reading.series.label, lossText(reading),
          losses.length > 2 && reading === nearest));
      });
      rates.forEach(function (reading) {
        tip.appendChild(
          tipRow(reading.series.color, reading.series.label, scientific(reading.value, 3), false));
      });
      figure.canvas.appendChild(tip);
      var width = figure.canvas.clientWidth, across = at.x / figure.plot.layout.width * width;
      var isLeft = across > width / 2, room = tip.offsetWidth;
      var place = isLeft ? across - room - 14 : across + 14;
      tip.style.left = Math.max(0, Math.min(width - room, place)) + 'px';
      tip.style.top = figure.plot.layout.top + 4 + 'px';
    }
    function hideValues(figure) {
      figure.canvas.querySelectorAll('.tip, .hover').forEach(function (node) { node.remove(); });
      figure.canvas.querySelectorAll('.dim').forEach(function (node) {
        node.classList.remove('dim');
      });
    }
    """#
}
