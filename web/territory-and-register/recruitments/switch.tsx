import { Link } from '../../ui/index.ts'

/** From an establishment to its company, and back. A company of one establishment has none. */
export const EstablishmentOrCompany = ({ siret, shown }: { siret: string; shown: 'establishment' | 'company' }) => {
  const address = `/etablissements/${siret}/recrutements`
  const ways = [
    { of: 'establishment', label: 'Cet établissement', href: address },
    { of: 'company', label: 'Toute l’entreprise', href: `${address}/entreprise` },
  ] as const
  return (
    <nav className="cc-recruitment__switch" aria-label="Recrutements de l’établissement ou de l’entreprise">
      <ul>
        {ways.map(({ of, label, href }) => (
          <li key={of}>
            <Link href={href} {...(of === shown ? { 'aria-current': 'page' } : {})}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
