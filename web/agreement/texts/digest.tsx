/** The digest of a document, for whoever means to compare it: nobody else has to read it. */
export const Digest = ({ hash }: { hash: string }) => (
  <details className="fr-mb-1w">
    <summary className="fr-text--sm">Empreinte du document</summary>
    <p className="cc-hash fr-text--sm fr-mb-0">
      SHA-256 : <code>{hash}</code>
    </p>
  </details>
)
