import './bar.css'

/** The same share as the figure beside it, for the eye only: the figure says it to everyone. */
export const Bar = ({ value, max }: { value: number; max: number }) => (
  <span className="cc-bar" aria-hidden="true">
    <span className="cc-bar__done" style={{ width: `${max > 0 ? Math.min(100, (value / max) * 100) : 0}%` }} />
  </span>
)
