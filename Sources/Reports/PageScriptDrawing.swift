/// Drawing in the page's script; the same picture as `ChartSVG` and `ChartPath` draw.
enum PageScriptDrawing {
  /// The functions.
  static let text = #"""
    function element(name, attributes, text) {
      var node = document.createElementNS('http://www.w3.org/2000/svg', name);
      Object.keys(attributes).forEach(function (key) {
        node.setAttribute(key, attributes[key]);
      });
      if (text !== undefined) { node.textContent = text; }
      return node;
    }
    function short(pixel) {
      return String(Math.round(pixel * 10) / 10);
    }
    function pointAt(curve, index, x, y) {
      var across = x.pixel(curve.x[index]), down = y.pixel(curve.y[index]);
      return across === null || down === null ? null : short(across) + ' ' + short(down);
    }
    function linePath(curve, x, y) {
      var path = '', isDrawing = false;
      curve.x.forEach(function (_, index) {
        var point = pointAt(curve, index, x, y);
        if (point !== null) { path += (isDrawing ? 'L' : 'M') + point; }
        isDrawing = point !== null;
      });
      return path;
    }
    function dotPath(curve, x, y) {
      return curve.x.map(function (_, index) {
        var point = pointAt(curve, index, x, y);
        return point === null ? '' : 'M' + point + 'h0';
      }).join('');
    }
    function bandPath(curve, x, y) {
      var upper = [], lower = [];
      curve.x.forEach(function (step, index) {
        var across = x.pixel(step);
        var low = y.pixel(curve.lower[index]), high = y.pixel(curve.upper[index]);
        if (across === null || low === null || high === null) { return; }
        upper.push(short(across) + ' ' + short(high));
        lower.unshift(short(across) + ' ' + short(low));
      });
      return upper.length > 1 ? 'M' + upper.concat(lower).join('L') + 'Z' : '';
    }
    function layoutOf(spec, width) {
      var isNarrow = width < 520, hasRates = spec.rateHeight > 0;
      var layout = {
        width: width, left: 48, right: 16, top: 24,
        lossHeight: isNarrow ? Math.min(spec.lossHeight, 220) : spec.lossHeight
      };
      layout.lossBottom = layout.top + layout.lossHeight;
      layout.rateTop = layout.lossBottom + 30;
      layout.rateBottom = layout.rateTop + spec.rateHeight;
      layout.plotBottom = hasRates ? layout.rateBottom : layout.lossBottom;
      layout.height = layout.plotBottom + 36;
      layout.plotRight = width - layout.right;
      layout.stepTicks = Math.max(3, Math.min(10, Math.floor((layout.plotRight - 48) / 90)));
      layout.lossTicks = Math.max(3, Math.floor(layout.lossHeight / 36));
      return layout;
    }
    function rangesOf(spec, state) {
      var steps = spec.steps.slice(), losses = (state.full ? spec.full : spec.focus).slice();
      if (state.logX && steps[0] <= 0 && spec.firstStep) { steps[0] = spec.firstStep; }
      if (state.logY && losses[0] <= 0 && spec.lowestLoss) { losses[0] = spec.lowestLoss; }
      return { steps: steps, losses: losses };
    }
    function drawAxes(svg, plot, scale, top, bottom, quantity, title) {
      var layout = plot.layout;
      svg.appendChild(element('text', { 'class': 'title', x: layout.left, y: top - 10 }, title));
      ticksOf(plot.x, layout.stepTicks).values.forEach(function (value) {
        svg.appendChild(element('path', {
          'class': 'grid', d: 'M' + short(plot.x.pixel(value)) + ' ' + top + 'V' + bottom
        }));
      });
      var ticks = ticksOf(scale, quantity === 'loss' ? layout.lossTicks : 2);
      ticks.values.forEach(function (value) {
        var down = scale.pixel(value);
        svg.appendChild(element('path', {
          'class': 'grid', d: 'M' + layout.left + ' ' + short(down) + 'H' + layout.plotRight
        }));
        svg.appendChild(element('text', {
          'class': 'tick', 'text-anchor': 'end', x: layout.left - 7, y: short(down + 4)
        }, tickLabel(ticks, value, quantity)));
      });
      svg.appendChild(element('path', {
        'class': 'base', d: 'M' + layout.left + ' ' + bottom + 'H' + layout.plotRight
      }));
    }
    function drawStepLabels(svg, plot) {
      var layout = plot.layout, ticks = ticksOf(plot.x, layout.stepTicks);
      ticks.values.forEach(function (value) {
        svg.appendChild(element('text', {
          'class': 'tick', 'text-anchor': 'middle', x: short(plot.x.pixel(value)),
          y: layout.plotBottom + 16
        }, tickLabel(ticks, value, 'step')));
      });
      svg.appendChild(element('text', {
        'class': 'title', 'text-anchor': 'end', x: layout.plotRight, y: layout.plotBottom + 31
      }, 'step'));
    }
    function drawPanel(svg, plot, name, list, scale, top, height) {
      var id = plot.id + '-' + name, layout = plot.layout;
      var clip = element('clipPath', { id: id });
      clip.appendChild(element('rect', {
        x: layout.left, y: top, width: layout.plotRight - layout.left, height: height
      }));
      svg.appendChild(clip);
      var group = element('g', { 'clip-path': 'url(#' + id + ')' });
      list.forEach(function (series) {
        if (!series.data.lower) { return; }
        group.appendChild(element('path', {
          'class': 'band f' + series.color, d: bandPath(series.data, plot.x, scale)
        }));
      });
      list.forEach(function (series) { drawCurve(group, series, plot.x, scale); });
      svg.appendChild(group);
      return group;
    }
    function drawCurve(group, series, x, y) {
      var isSingle = series.data.y.filter(isDrawable).length === 1;
      if (!isSingle) {
        group.appendChild(element('path', {
          'class': series.style + ' s' + series.color + ' d' + series.dash,
          'data-curve': series.curve, d: linePath(series.data, x, y)
        }));
      }
      if (isSingle || series.style === 'points') {
        group.appendChild(element('path', {
          'class': 'dots s' + series.color, d: dotPath(series.data, x, y)
        }));
      }
    }
    function drawEnd(svg, plot, spec) {
      var series = spec.losses[spec.losses.length - 1];
      if (!spec.marksEnd || !series || plot.losses.indexOf(series) < 0) { return; }
      var data = series.data, index = data.y.length - 1;
      while (index >= 0 && !(isDrawable(data.y[index]) && isDrawable(data.x[index]))) { index -= 1; }
      if (index < 0) { return; }
      var across = plot.x.pixel(data.x[index]), down = plot.y.pixel(data.y[index]);
      if (across === null || down === null) { return; }
      var low = data.lower && plot.y.pixel(data.lower[index]);
      var high = data.upper && plot.y.pixel(data.upper[index]);
      if (isDrawable(low) && isDrawable(high)) {
        svg.appendChild(element('path', {
          'class': 'whisker s' + series.color, 'clip-path': 'url(#' + plot.id + '-loss)',
          d: 'M' + short(across) + ' ' + short(low) + 'V' + short(high)
        }));
      }
      svg.appendChild(element('circle', {
        'class': 'end f' + series.color, cx: short(across), cy: short(down), r: 4.5
      }));
    }
    function drawChart(id, spec, state, width) {
      var layout = layoutOf(spec, width), ranges = rangesOf(spec, state);
      function isShown(series) { return !state.hidden[series.key] && !state.filtered[series.curve]; }
      var plot = {
        id: id, layout: layout, losses: spec.losses.filter(isShown),
        rates: spec.rateHeight > 0 ? spec.rates : [],
        x: makeScale(ranges.steps, state.logX, layout.left, layout.plotRight),
        y: makeScale(ranges.losses, state.logY, layout.lossBottom, layout.top)
      };
      plot.rate = makeScale(spec.rateRange, false, layout.rateBottom, layout.rateTop);
      var svg = element('svg', {
        viewBox: '0 0 ' + width + ' ' + layout.height, role: 'img', 'aria-label': spec.summary,
        tabindex: 0
      });
      drawAxes(svg, plot, plot.y, layout.top, layout.lossBottom, 'loss', 'loss (nats)');
      plot.lossGroup = drawPanel(svg, plot, 'loss', plot.losses, plot.y, layout.top,
        layout.lossHeight);
      drawEnd(svg, plot, spec);
      if (spec.rateHeight > 0) {
        drawAxes(svg, plot, plot.rate, layout.rateTop, layout.rateBottom, 'rate', 'learning rate');
        drawPanel(svg, plot, 'rate', plot.rates, plot.rate, layout.rateTop, spec.rateHeight);
      }
      drawStepLabels(svg, plot);
      plot.svg = svg;
      return plot;
    }
    """#
}
