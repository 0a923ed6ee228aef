import './one-call.css'

const structures = [30, 75, 120, 165, 210]
const shared = { x: 250, y: 60 }

/** Five structures write in one shared list; one of them calls the employer. The words under it say the same. */
export const OneCall = () => (
  <figure className="cc-one-call">
    <svg
      viewBox="0 0 640 240"
      role="img"
      aria-label="Cinq structures lisent et complètent une même liste ; un seul appel en part vers l’employeur."
    >
      {structures.map((y, at) => (
        <g key={y}>
          <path className="cc-one-call__link" d={`M 76 ${y} C 150 ${y}, 170 120, ${shared.x - 8} 120`} />
          <g className={at === 2 ? 'cc-one-call__caller' : 'cc-one-call__structure'}>
            <circle cx="56" cy={y - 8} r="7" />
            <path d={`M 42 ${y + 14} a 14 14 0 0 1 28 0 z`} />
          </g>
        </g>
      ))}
      <rect className="cc-one-call__list" {...shared} width="120" height="120" rx="6" />
      {[84, 108, 132, 156].map((y, at) => (
        <g key={y} className={at === 1 ? 'cc-one-call__caller' : 'cc-one-call__line'}>
          <circle cx="270" cy={y} r="5" />
          <rect x="284" y={y - 3} width={at % 2 ? 70 : 56} height="6" rx="3" />
        </g>
      ))}
      <path className="cc-one-call__call" d="M 382 120 H 508" />
      <path className="cc-one-call__caller" d="M 508 108 L 530 120 L 508 132 z" />
      <g className="cc-one-call__employer">
        <path d="M 548 170 V 96 L 572 78 V 96 L 596 78 V 96 L 620 78 V 170 z" />
        <rect className="cc-one-call__door" x="576" y="140" width="18" height="30" />
      </g>
    </svg>
    <figcaption>
      <ol>
        <li>Les structures du réseau préparent leurs appels dans une même liste.</li>
        <li>Chacune y voit qui a contacté un employeur, quand, et qui s’en occupe.</li>
        <li>Une seule appelle, et note pour toutes ce qui s’est dit : aucun employeur n’est appelé cinq fois.</li>
      </ol>
    </figcaption>
  </figure>
)
