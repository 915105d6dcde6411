// <veelocity-chart>: draws the JSON inside it with Chart.js when it comes near what is seen of the page, and lets go when it leaves.
import { hatch } from './hatch.js';

const dark = matchMedia('(prefers-color-scheme: dark)');
// As the server writes numbers for this reader.
const figures = new Intl.NumberFormat(document.documentElement.dataset.culture || 'en', { maximumFractionDigits: 2 });
// What paper has room for between its margins, upright.
const paper = 660;

// Each in a task of its own, so that a page with many answers to what is pressed meanwhile.
const near = new IntersectionObserver(seen => {
  for (const { target } of seen.filter(one => one.isIntersecting)) {
    near.unobserve(target);
    setTimeout(() => target.isConnected && target.draw());
  }
}, { rootMargin: '100%' });

class VeelocityChart extends HTMLElement {
  #chart;
  #redraw = () => this.#chart && this.draw();
  #toPaper = () => {
    // Light colours for as long as it takes to draw, because a canvas keeps what it was drawn with.
    const root = document.documentElement;
    const theme = root.dataset.bsTheme;
    root.dataset.bsTheme = 'light';
    this.draw();
    if (theme) root.dataset.bsTheme = theme;
    else delete root.dataset.bsTheme;
    this.#chart.resize(paper, this.clientHeight || 240);
  };

  connectedCallback() {
    document.addEventListener('veelocity:theme', this.#redraw);
    dark.addEventListener('change', this.#redraw);
    addEventListener('beforeprint', this.#toPaper);
    addEventListener('afterprint', this.#redraw);
    near.observe(this);
  }

  disconnectedCallback() {
    document.removeEventListener('veelocity:theme', this.#redraw);
    dark.removeEventListener('change', this.#redraw);
    removeEventListener('beforeprint', this.#toPaper);
    removeEventListener('afterprint', this.#redraw);
    near.unobserve(this);
    this.#chart?.destroy();
  }

  draw() {
    const data = JSON.parse(this.querySelector('script').textContent);
    const canvas = this.querySelector('canvas') ?? this.appendChild(document.createElement('canvas'));
    canvas.setAttribute('aria-hidden', 'true');
    this.#chart?.destroy();
    Chart.defaults.font.family = getComputedStyle(this).fontFamily;
    this.#chart = new Chart(canvas, {
      data: { labels: data.labels, datasets: data.series.map(series => this.#dataset(series, data)) },
      options: this.#options(data),
    });
  }

  #dataset({ name, colour, values, texts, kind, dashed, axis }, { partial, provisional = [] }) {
    const paint = this.#colour(colour);
    const bar = kind === 'bar';
    return {
      type: kind, label: name, data: values, texts, yAxisID: axis ?? 'y', order: bar ? 1 : 0,
      backgroundColor: bar ? values.map((_, at) => (partial[at] ? hatch(paint) : paint)) : paint,
      borderColor: paint,
      ...(bar ? { borderRadius: 2, maxBarThickness: 48, borderWidth: values.map((_, at) => (partial[at] ? 1 : 0)) } : {
        borderWidth: dashed ? 1 : 2, borderDash: dashed ? [5, 4] : [], tension: 0, spanGaps: false,
        pointRadius: alone(values), pointHoverRadius: 4, pointHitRadius: 12,
        segment: { borderDash: ({ p1DataIndex: at }) => (dashed || partial[at] ? [4, 4] : provisional[at] ? [1, 3] : undefined) },
      }),
    };
  }

  // A bar or point presses the link that its number has in the table.
  #linkOf(point) {
    const { label } = this.#chart.data.datasets[point.datasetIndex];
    return [...this.closest('.chart-card').querySelectorAll('a[data-point]')].find(link => link.dataset.point === `${label} ${point.index}`);
  }

  // What has no rows to show, such as the period before, does not stand in the way of what has.
  #nearest(event) {
    const distance = ({ element }) => Math.hypot(element.x - event.x, element.y - event.y);
    const points = this.#chart.getElementsAtEventForMode(event, 'index', { intersect: false }, true);
    return points.sort((one, other) => distance(one) - distance(other)).map(point => this.#linkOf(point)).find(Boolean);
  }

  #options({ unit, series, rightUnit, shape }) {
    const [muted, line, ink, surface] = ['muted', 'line', 'ink', 'surface'].map(name => this.#colour(name));
    const scale = (suffix, more) => ({
      beginAtZero: true, border: { display: false }, grid: { color: line },
      ticks: { color: muted, maxTicksLimit: 5, precision: 3, callback: value => `${figures.format(value)}${suffix}` }, ...more,
    });
    return {
      animation: false,
      responsive: true, maintainAspectRatio: false, resizeDelay: 60,
      interaction: { mode: 'index', intersect: false },
      onClick: event => this.#nearest(event)?.click(),
      onHover: event => { event.native.target.classList.toggle('is-link', Boolean(this.#nearest(event))); },
      scales: {
        x: { offset: Boolean(shape) || series.some(({ kind }) => kind === 'bar'), border: { color: line }, grid: { display: false }, ticks: { color: muted, maxRotation: 0, autoSkipPadding: 16, maxTicksLimit: 13, display: shape !== 'upper' } },
        // Under each other, axes of one width keep the same instant in one line.
        y: scale(unit, shape ? { afterFit: axis => { axis.width = 64; } } : {}),
        ...(series.some(({ axis }) => axis === 'y2') ? { y2: scale(rightUnit, { position: 'right', grid: { display: false } }) } : {}),
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          backgroundColor: surface, titleColor: ink, bodyColor: ink, borderColor: line, borderWidth: 1, padding: 10, boxPadding: 4,
          callbacks: { label: ({ dataset, dataIndex }) => `${dataset.label}: ${dataset.texts[dataIndex]}` },
        },
      },
    };
  }

  #colour(name) {
    return getComputedStyle(this).getPropertyValue(`--${name}`).trim();
  }
}

// A point between two gaps would be invisible as a line of no length, so it alone keeps its dot.
const alone = values => values.map((value, at) => (value !== null && values[at - 1] == null && values[at + 1] == null ? 2.5 : 0));

customElements.define('veelocity-chart', VeelocityChart);
