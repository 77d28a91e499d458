//! The ids of what a person writes.

dreamtree_types::ids! {
    /// One use of a tool.
    InstanceId = Instance("instance");
    /// An answer to a prompt.
    ResponseId = ResponseKind("response");
    /// A list.
    ListId = List("list");
    /// A filled-in form.
    RecordId = RecordKind("record");
    /// An item of a list.
    ListItemId = ListItem("list_item");
    /// A skill that the master list lacks.
    CustomSkillId = CustomSkill("custom_skill");
    /// A skill that the person has.
    UserSkillId = UserSkill("user_skill");
    /// A job, a course or a project.
    ExperienceId = Experience("experience");
    /// Something that an experience consisted of.
    TaskId = TaskKind("task");
    /// A SOARED story.
    StoryId = StoryKind("story");
    /// A failure seen anew.
    ReframeId = ReframeKind("reframe");
    /// A place to live.
    LocationId = LocationKind("location");
    /// A path under comparison.
    CareerOptionId = CareerOption("career_option");
    /// Something to find out about a path.
    OptionQuestionId = OptionQuestionKind("option_question");
    /// A step on the timeline.
    MilestoneId = Milestone("milestone");
    /// An entry of the flow log.
    FlowLogId = FlowLog("flow_log");
    /// A company.
    CompanyId = Company("company");
    /// A person to talk to.
    ContactId = Contact("contact");
    /// An opening or an application.
    JobId = Job("job");
    /// A tree of ideas.
    IdeaTreeId = IdeaTreeKind("idea_tree");
    /// An idea.
    IdeaNodeId = IdeaNode("idea_node");
}
