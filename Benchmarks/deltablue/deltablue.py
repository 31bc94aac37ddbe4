# An incremental solver of constraints of several strengths over a graph of variables.
REQUIRED, PREFERRED, STRONG_DEFAULT, NORMAL, WEAKEST = 0, 2, 3, 4, 6
UNSATISFIED, FORWARD, BACKWARD = 0, 1, 2
STAY, EDIT, EQUAL, SCALE = 1, 2, 3, 4


class Variable:
    def __init__(self, value):
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.mark = 0
        self.walk_strength = WEAKEST
        self.stay = True

    def remove_constraint(self, constraint):
        for i in range(len(self.constraints)):
            if self.constraints[i] is constraint:
                del self.constraints[i]
                break
        if self.determined_by is constraint:
            self.determined_by = None


class Constraint:
    """From `left` to `right` or back; stays and edits have only an output, which is both."""

    def __init__(self, kind, strength, left, right, scale, offset):
        self.kind = kind
        self.strength = strength
        self.left = left
        self.right = right
        self.scale = scale
        self.offset = offset
        self.direction = UNSATISFIED

    def is_unary(self):
        return self.kind == STAY or self.kind == EDIT

    def is_satisfied(self):
        return self.direction != UNSATISFIED

    def output(self):
        return self.left if self.direction == BACKWARD else self.right

    def input(self):
        return self.right if self.direction == BACKWARD else self.left

    def add_to_graph(self):
        self.direction = UNSATISFIED
        self.right.constraints.append(self)
        if not self.is_unary():
            self.left.constraints.append(self)
        if self.kind == SCALE:
            self.scale.constraints.append(self)
            self.offset.constraints.append(self)

    def remove_from_graph(self):
        self.right.remove_constraint(self)
        if not self.is_unary():
            self.left.remove_constraint(self)
        if self.kind == SCALE:
            self.scale.remove_constraint(self)
            self.offset.remove_constraint(self)
        self.direction = UNSATISFIED

    def can_write(self, target, mark):
        return target.mark != mark and self.strength < target.walk_strength

    def choose_method(self, mark):
        forward = self.can_write(self.right, mark)
        if self.is_unary() or self.left.mark == mark:
            self.direction = FORWARD if forward else UNSATISFIED
        elif self.right.mark == mark or self.left.walk_strength > self.right.walk_strength:
            self.direction = BACKWARD if self.can_write(self.left, mark) else UNSATISFIED
        else:
            self.direction = FORWARD if forward else UNSATISFIED

    def mark_inputs(self, mark):
        if self.is_unary():
            return
        self.input().mark = mark
        if self.kind == SCALE:
            self.scale.mark = mark
            self.offset.mark = mark

    def inputs_known(self, mark):
        if self.is_unary():
            return True
        source = self.input()
        return source.mark == mark or source.stay or source.determined_by is None

    def recalculate(self):
        out = self.output()
        if self.is_unary():
            out.walk_strength = self.strength
            out.stay = self.kind == STAY
        elif self.kind == EQUAL:
            out.walk_strength = max(self.strength, self.input().walk_strength)
            out.stay = self.input().stay
        else:
            out.walk_strength = max(self.strength, self.input().walk_strength)
            out.stay = self.input().stay and self.scale.stay and self.offset.stay
        if out.stay:
            self.execute()

    def execute(self):
        if self.kind == EQUAL:
            self.output().value = self.input().value
        elif self.kind == SCALE:
            if self.direction == FORWARD:
                self.right.value = self.left.value * self.scale.value + self.offset.value
            else:
                self.left.value = (self.right.value - self.offset.value) // self.scale.value

    def satisfy(self, mark, planner):
        """Enforces the constraint; what it overrides is given back."""
        self.choose_method(mark)
        if not self.is_satisfied():
            if self.strength == REQUIRED:
                raise RuntimeError("cannot satisfy a required constraint")
            return None
        self.mark_inputs(mark)
        out = self.output()
        overridden = out.determined_by
        if overridden is not None:
            overridden.direction = UNSATISFIED
        out.determined_by = self
        if not planner.add_propagate(self, mark):
            raise RuntimeError("a cycle")
        out.mark = mark
        return overridden


def add_consumers(variable, out):
    for constraint in variable.constraints:
        if constraint.is_satisfied() and variable.determined_by is not constraint:
            out.append(constraint)


class Planner:
    def __init__(self):
        self.mark = 0

    def constrain(self, kind, strength, left, right, scale=None, offset=None):
        constraint = Constraint(kind, strength, left, right, scale, offset)
        constraint.add_to_graph()
        self.incremental_add(constraint)
        return constraint

    def new_mark(self):
        self.mark += 1
        return self.mark

    def incremental_add(self, constraint):
        mark = self.new_mark()
        overridden = constraint.satisfy(mark, self)
        while overridden is not None:
            overridden = overridden.satisfy(mark, self)

    def incremental_remove(self, constraint):
        out = constraint.output()
        constraint.remove_from_graph()
        unsatisfied = self.remove_propagate_from(out)
        for strength in range(REQUIRED, WEAKEST):
            for other in unsatisfied:
                if other.strength == strength:
                    self.incremental_add(other)

    def make_plan(self, sources):
        mark = self.new_mark()
        plan = []
        while sources:
            constraint = sources.pop()
            out = constraint.output()
            if out.mark != mark and constraint.inputs_known(mark):
                plan.append(constraint)
                out.mark = mark
                add_consumers(out, sources)
        return plan

    def add_propagate(self, constraint, mark):
        todo = [constraint]
        while todo:
            following = todo.pop()
            out = following.output()
            if out.mark == mark:
                self.incremental_remove(constraint)
                return False
            following.recalculate()
            add_consumers(out, todo)
        return True

    def remove_propagate_from(self, out):
        out.determined_by = None
        out.walk_strength = WEAKEST
        out.stay = True
        unsatisfied = []
        todo = [out]
        while todo:
            variable = todo.pop()
            for constraint in variable.constraints:
                if not constraint.is_satisfied():
                    unsatisfied.append(constraint)
            for constraint in variable.constraints:
                if constraint.is_satisfied() and variable.determined_by is not constraint:
                    constraint.recalculate()
                    todo.append(constraint.output())
        return unsatisfied

    def change(self, variable, value):
        edit = self.constrain(EDIT, PREFERRED, variable, variable)
        plan = self.make_plan([edit])
        for _ in range(10):
            variable.value = value
            for constraint in plan:
                constraint.execute()
        self.incremental_remove(edit)


def chain_test(n):
    planner = Planner()
    variables = [Variable(0) for _ in range(n + 1)]
    for i in range(n):
        planner.constrain(EQUAL, REQUIRED, variables[i], variables[i + 1])
    planner.constrain(STAY, STRONG_DEFAULT, variables[n], variables[n])
    edit = planner.constrain(EDIT, PREFERRED, variables[0], variables[0])
    plan = planner.make_plan([edit])
    total = 0
    for i in range(100):
        variables[0].value = i
        for constraint in plan:
            constraint.execute()
        total += variables[n].value
    planner.incremental_remove(edit)
    return total


def projection_test(n):
    planner = Planner()
    scale = Variable(10)
    offset = Variable(1000)
    sources = [Variable(i) for i in range(n)]
    targets = [Variable(i) for i in range(n)]
    for i in range(n):
        planner.constrain(STAY, NORMAL, sources[i], sources[i])
        planner.constrain(SCALE, REQUIRED, sources[i], targets[i], scale, offset)
    planner.change(sources[n - 1], 17)
    total = targets[n - 1].value
    planner.change(targets[n - 1], 1050)
    total += sources[n - 1].value
    planner.change(scale, 5)
    for target in targets:
        total += target.value
    planner.change(offset, 2000)
    for target in targets:
        total += target.value
    return total


chain = 0
projection = 0
for _ in range(12):
    chain += chain_test(1500)
    projection += projection_test(1500)
print(f"chain {chain}, projection {projection}")
