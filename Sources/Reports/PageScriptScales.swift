/// Scales, ticks and labels in the page's script; the same rules as `Scale` and `Ticks`.
enum PageScriptScales {
  /// The functions.
  static let text = #"""
    function power(exponent) {
      return Number('1e' + exponent);
    }
    function exponentOf(value) {
      return value === 0 ? 0 : Number(Math.abs(value).toExponential().split('e')[1]);
    }
    function trimmed(text) {
      return text.indexOf('.') < 0 ? text : text.replace(/0+$/, '').replace(/\.$/, '');
    }
    function scientific(value, digits) {
      if (value === 0) { return '0'; }
      var parts = value.toExponential(digits - 1).split('e');
      return trimmed(parts[0]) + 'e' + Number(parts[1]);
    }
    function grouped(value) {
      if (value !== Math.round(value)) { return String(Number(value.toPrecision(6))); }
      return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
    }
    function isDrawable(value) {
      return typeof value === 'number' && isFinite(value) && Math.abs(value) < 1e12;
    }
    function makeScale(range, wantsLog, start, end) {
      var isLog = wantsLog && range[0] > 0;
      var place = isLog ? Math.log : function (value) { return value; };
      var low = place(range[0]), width = place(range[1]) - low;
      return {
        range: range, isLog: isLog, start: start, end: end,
        pixel: function (value) {
          if (!isDrawable(value) || (isLog && value <= 0)) { return null; }
          var share = Math.min(4, Math.max(-3, (place(value) - low) / width));
          return start + share * (end - start);
        },
        value: function (pixel) {
          var at = low + (pixel - start) / (end - start) * width;
          return isLog ? Math.exp(at) : at;
        }
      };
    }
    function linearTicks(range, target) {
      var raw = (range[1] - range[0]) / Math.max(1, target);
      var exponent = exponentOf(raw), share = raw / power(exponent);
      var multiple = share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10;
      function value(index) {
        return exponent < 0 ? index * multiple / power(-exponent)
          : index * multiple * power(exponent);
      }
      var step = value(1), values = [];
      var first = Math.ceil(range[0] / step - 1e-9), last = Math.floor(range[1] / step + 1e-9);
      for (var index = first; index <= last && values.length < 100; index += 1) {
        values.push(value(index) + 0);
      }
      return { values: values, step: step };
    }
    function logTicks(range, target) {
      var first = exponentOf(range[0]), last = exponentOf(range[1]), decades = last - first + 1;
      var room = 3 * Math.log10(range[1] / range[0]);
      var multiples = room <= target + 2 ? [1, 2, 5] : [1];
      var stride = multiples.length > 1 ? 1
        : Math.max(1, Math.floor((decades + target - 1) / Math.max(1, target)));
      var values = [];
      for (var exponent = first; exponent <= last; exponent += stride) {
        multiples.forEach(function (multiple) {
          var value = exponent < 0 ? multiple / power(-exponent) : multiple * power(exponent);
          if (value >= range[0] * (1 - 1e-9) && value <= range[1] * (1 + 1e-9)) {
            values.push(value);
          }
        });
      }
      return { values: values, step: null };
    }
    function ticksOf(scale, target) {
      return scale.isLog && scale.range[1] / scale.range[0] >= 10
        ? logTicks(scale.range, target) : linearTicks(scale.range, target);
    }
    function tickLabel(ticks, value, quantity) {
      if (value === 0) { return '0'; }
      var distance = ticks.step || power(exponentOf(value)), size = Math.abs(value);
      if (quantity === 'rate') { return scientific(value, 3); }
      if (size >= (quantity === 'step' ? 1e3 : 1e4)) {
        var unit = size >= 1e9 ? [1e9, 'B'] : size >= 1e6 ? [1e6, 'M'] : [1e3, 'k'];
        var places = Math.max(0, Math.min(6, -exponentOf(distance / unit[0])));
        return trimmed((value / unit[0]).toFixed(places)) + unit[1];
      }
      var decimals = Math.max(0, -exponentOf(distance));
      return decimals > 6 ? scientific(value, 4) : value.toFixed(decimals);
    }
    """#
}
