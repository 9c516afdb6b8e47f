import { Component, type ReactNode } from 'react';
import { Button } from './controls/Button.tsx';

interface Props {
  /** What is inside, in a word or two. */
  readonly what: string;
  readonly children: ReactNode;
}

/** Keeps a failing part from taking the page with it: the rest works on, and the part can be tried again. */
export class ErrorBoundary extends Component<Props, { readonly message: string | null }> {
  override state = { message: null };

  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <div className="broken" role="alert">
        <p>
          The {this.props.what} ran into a mistake of ours. The rest still works.
          <br />
          <small>{this.state.message}</small>
        </p>
        <Button onClick={() => this.setState({ message: null })}>Try again</Button>
      </div>
    );
  }
}
