/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How dangerous a further exposure could be. */
export type AllergyCriticality =
  /** May be life-threatening. */
  | 'HIGH'
  /** Not life-threatening. */
  | 'LOW'
  /** Cannot be told. */
  | 'UNABLE_TO_ASSESS';

/**
 * What a section says as a whole. Silence and absence differ: nothing recorded is not the same as
 * known to be none, and neither is said while a source is missing.
 */
export type SectionStatus =
  /** There are entries. */
  | 'HAS_ENTRIES'
  /** A source states that the patient has none, and no source has an entry. See `statedNoneKnown`. */
  | 'NONE_KNOWN'
  /** Every source answered, and none has an entry or a statement. */
  | 'NOTHING_RECORDED'
  /**
   * There are no entries here, and a source that holds a record shares this section of nobody: nothing may be concluded. See
   * `notShared`.
   */
  | 'NOT_SHARED'
  /** There are no entries here, but a source is missing: nothing may be concluded. */
  | 'UNKNOWN';

export type AllergySummaryQueryVariables = Exact<{
  nhsNumber: string;
}>;


export type AllergySummaryQuery = { readonly patient: { readonly birthDate: string | null, readonly name: { readonly text: string } | null, readonly allergies: { readonly status: SectionStatus, readonly isComplete: boolean, readonly missingSources: ReadonlyArray<string>, readonly nodes: ReadonlyArray<{ readonly id: string, readonly criticality: AllergyCriticality | null, readonly code: { readonly display: string | null } | null, readonly reactions: ReadonlyArray<{ readonly manifestations: ReadonlyArray<{ readonly display: string | null }> }>, readonly provenance: ReadonlyArray<{ readonly participant: string, readonly organisation: { readonly name: string | null } | null }> }> } | null } | null };

export type AllergyLineFragment = { readonly id: string, readonly criticality: AllergyCriticality | null, readonly code: { readonly display: string | null } | null, readonly reactions: ReadonlyArray<{ readonly manifestations: ReadonlyArray<{ readonly display: string | null }> }>, readonly provenance: ReadonlyArray<{ readonly participant: string, readonly organisation: { readonly name: string | null } | null }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const AllergyLineFragmentDoc = new TypedDocumentString(`
    fragment AllergyLine on Allergy {
  id
  code {
    display
  }
  criticality
  reactions {
    manifestations {
      display
    }
  }
  provenance {
    participant
    organisation {
      name
    }
  }
}
    `, {"fragmentName":"AllergyLine"}) as unknown as TypedDocumentString<AllergyLineFragment, unknown>;
export const AllergySummaryDocument = new TypedDocumentString(`
    query AllergySummary($nhsNumber: ID!) {
  patient(nhsNumber: $nhsNumber) {
    name {
      text
    }
    birthDate
    allergies {
      status
      isComplete
      missingSources
      nodes {
        ...AllergyLine
      }
    }
  }
}
    fragment AllergyLine on Allergy {
  id
  code {
    display
  }
  criticality
  reactions {
    manifestations {
      display
    }
  }
  provenance {
    participant
    organisation {
      name
    }
  }
}`) as unknown as TypedDocumentString<AllergySummaryQuery, AllergySummaryQueryVariables>;